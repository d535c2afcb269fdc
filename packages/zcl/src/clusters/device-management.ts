import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { bitmap8, bitmap32, enum8, octetString, remainder, uint8, uint16, uint32, utcTime } from '../fields.js'

/** Device Management cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const deviceManagement = {
  id: 0x0708,
  name: 'Device Management',
  attributes: {
    providerId: { id: 0x0100, type: t.uint32 },
    providerName: { id: 0x0101, type: t.octetString },
    providerContactDetails: { id: 0x0102, type: t.octetString },
    proposedProviderId: { id: 0x0110, type: t.uint32 },
    proposedProviderName: { id: 0x0111, type: t.octetString },
    proposedProviderChangeDateTime: { id: 0x0112, type: t.utcTime },
    proposedProviderChangeControl: { id: 0x0113, type: t.bitmap32 },
    proposedProviderContactDetails: { id: 0x0114, type: t.octetString },
    changeOfTenancyUpdateDateTime: { id: 0x0200, type: t.utcTime },
    proposedTenancyChangeControl: { id: 0x0201, type: t.bitmap32 },
    wanStatus: { id: 0x0300, type: t.enum8 },
    lowMediumThreshold: { id: 0x0400, type: t.uint32 },
    mediumHighThreshold: { id: 0x0401, type: t.uint32 },
    attributeReportingStatus: { id: 0xfffe, type: t.enum8 },
  },
  toServer: {
    getChangeOfTenancy: {
      id: 0x00,
      fields: {},
    },
    getChangeOfSupplier: {
      id: 0x01,
      fields: {},
    },
    requestNewPassword: {
      id: 0x02,
      fields: {
        passwordType: enum8,
      },
    },
    getSiteID: {
      id: 0x03,
      fields: {},
    },
    reportEventConfiguration: {
      id: 0x04,
      fields: {
        commandIndex: uint8,
        totalCommands: uint8,
        eventConfigurationPayload: remainder,
      },
    },
    getCin: {
      id: 0x05,
      fields: {},
    },
  },
  toClient: {
    publishChangeOfTenancy: {
      id: 0x00,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        tariffType: bitmap8,
        implementationDateTime: utcTime,
        proposedTenancyChangeControl: bitmap32,
      },
    },
    publishChangeOfSupplier: {
      id: 0x01,
      fields: {
        currentProviderId: uint32,
        issuerEventId: uint32,
        tariffType: bitmap8,
        proposedProviderId: uint32,
        providerChangeImplementationTime: utcTime,
        providerChangeControl: bitmap32,
        proposedProviderName: octetString,
        proposedProviderContactDetails: octetString,
      },
    },
    requestNewPasswordResponse: {
      id: 0x02,
      fields: {
        issuerEventId: uint32,
        implementationDateTime: utcTime,
        durationInMinutes: uint16,
        passwordType: enum8,
        password: octetString,
      },
    },
    updateSiteID: {
      id: 0x03,
      fields: {
        issuerEventId: uint32,
        siteIDTime: utcTime,
        providerId: uint32,
        siteID: octetString,
      },
    },
    setEventConfiguration: {
      id: 0x04,
      fields: {
        issuerEventId: uint32,
        startDateTime: utcTime,
        eventConfiguration: bitmap8,
        configurationControl: enum8,
        eventConfigurationPayload: remainder,
      },
    },
    getEventConfiguration: {
      id: 0x05,
      fields: {
        eventId: uint16,
      },
    },
    updateCin: {
      id: 0x06,
      fields: {
        issuerEventId: uint32,
        cinTime: utcTime,
        providerId: uint32,
        customerIDNumber: octetString,
      },
    },
  },
} as const satisfies Cluster
