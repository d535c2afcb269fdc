import type { UseCase } from '@smets2-sim/gbcs'
import { setGasClock } from '../clock/set-clock.js'
import { provideDetails } from '../credentials/details.js'
import { issueCredentials, provideDeviceCertificate, updateDeviceCertificate } from '../credentials/own-certificates.js'
import { replacementMessageCodes } from '../credentials/replacement-mode.js'
import { updateCredentials } from '../credentials/update.js'
import { activateFirmware, readFirmwareVersion } from '../firmware-image/activate.js'
import { readJoinDetails, restoreDeviceLog } from '../joining/device-log-commands.js'
import { join, unjoin } from '../joining/join.js'
import type { Asn1Executor, Asn1Executors } from './executor.js'

/** Executors of all use cases whose payload is an ASN.1 structure, by message code. */
export const standardAsn1: Asn1Executors = new Map<number, Asn1Executor>([
  [0x0008, provideDetails],
  [0x011b, provideDetails],
  ...replacementMessageCodes.map((code): [number, Asn1Executor] => [code, updateCredentials]),
  [0x000a, issueCredentials],
  [0x000b, updateDeviceCertificate],
  [0x000c, provideDeviceCertificate],
  [0x000d, join],
  [0x00ab, join],
  [0x000e, join],
  [0x00af, join],
  [0x000f, unjoin],
  [0x0010, unjoin],
  [0x0012, activateFirmware],
  [0x0013, readJoinDetails],
  [0x007f, setGasClock],
  [0x008c, restoreDeviceLog],
  [0x0129, readFirmwareVersion],
])

/** Use cases of a kind of device, by message code. */
export const useCasesOf = (all: readonly UseCase[], kind: UseCase['devices'][number]): ReadonlyMap<number, UseCase> =>
  new Map(all.filter(({ devices }) => devices.includes(kind)).map((useCase) => [useCase.code, useCase]))
