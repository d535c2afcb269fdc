import { itemOf, viewOf } from '@smets2-sim/firmware'
import { operatingSubGhzChannel, subGhzChannelScan, subGhzConfiguration } from '@smets2-sim/gbcs'
import { changeSettings, operatingChannel, requestScan } from './channel.js'
import { subGhzSettings } from './settings.js'

/** The sub-GHz radio as the broker sees it: DBCH01, 03, 04 and 05. */
export const subGhzViews = [
  viewOf(operatingSubGhzChannel.value, {
    get: ({ device }) => operatingChannel(device),
    prime: ({ device }, channel) => device.items.write(itemOf(operatingSubGhzChannel.value), channel),
  }),
  viewOf(subGhzConfiguration.value, {
    get: ({ device }) => subGhzSettings(device),
    set: ({ device }, settings) => changeSettings(device, settings),
    prime: ({ device }, settings) => device.items.write(itemOf(subGhzConfiguration.value), settings),
  }),
  viewOf(subGhzChannelScan.value, { set: ({ device }, request) => requestScan(device, request) }),
]
