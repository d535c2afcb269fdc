import { dataTypeId as t } from '../data-type.js'

/** The last five top-ups, newest first. facts 10.11. */
export const topUpHistory = {
  topUpDateTime1: { id: 0x0100, type: t.utcTime },
  topUpAmount1: { id: 0x0101, type: t.int32 },
  topUpOriginatingDevice1: { id: 0x0102, type: t.enum8 },
  topUpCode1: { id: 0x0103, type: t.octetString },
  topUpDateTime2: { id: 0x0110, type: t.utcTime },
  topUpAmount2: { id: 0x0111, type: t.int32 },
  topUpOriginatingDevice2: { id: 0x0112, type: t.enum8 },
  topUpCode2: { id: 0x0113, type: t.octetString },
  topUpDateTime3: { id: 0x0120, type: t.utcTime },
  topUpAmount3: { id: 0x0121, type: t.int32 },
  topUpOriginatingDevice3: { id: 0x0122, type: t.enum8 },
  topUpCode3: { id: 0x0123, type: t.octetString },
  topUpDateTime4: { id: 0x0130, type: t.utcTime },
  topUpAmount4: { id: 0x0131, type: t.int32 },
  topUpOriginatingDevice4: { id: 0x0132, type: t.enum8 },
  topUpCode4: { id: 0x0133, type: t.octetString },
  topUpDateTime5: { id: 0x0140, type: t.utcTime },
  topUpAmount5: { id: 0x0141, type: t.int32 },
  topUpOriginatingDevice5: { id: 0x0142, type: t.enum8 },
  topUpCode5: { id: 0x0143, type: t.octetString },
} as const
