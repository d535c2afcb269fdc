/** CRC-16 with the reflected polynomial 1021, initial FFFF, final XOR FFFF (CRC-16/X-25): DLMS HDLC, our SLIP frames, install codes. */
export function crc16X25(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const octet of bytes) {
    crc ^= octet
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1
  }
  return crc ^ 0xffff
}
