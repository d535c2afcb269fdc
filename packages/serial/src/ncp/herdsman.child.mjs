// A Zigbee program in a process of its own, because it keeps its queues in its modules: starts on the stick whose
// settings it is given, lets devices join, reads a meter, and prints what it sees, a JSON line for each step.
import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const require = createRequire(import.meta.url)
const herdsman = createRequire(require.resolve('zigbee-herdsman-converters'))('zigbee-herdsman')
const silent = () => undefined
herdsman.setLogger({
  debug: process.env.NCP_DEBUG ? console.error : silent,
  info: silent,
  warning: silent,
  error: silent,
})

const { path, channel, panId, extendedPanId, networkKey, attributes } = JSON.parse(process.argv[2])
const dir = mkdtempSync(join(tmpdir(), 'herdsman-'))
const say = (step, value = {}) => console.log(JSON.stringify({ step, ...value }))

const controller = new herdsman.Controller({
  network: { panID: panId, extendedPanID: extendedPanId, channelList: [channel], networkKey },
  databasePath: join(dir, 'database.db'),
  databaseBackupPath: join(dir, 'database.db.backup'),
  backupPath: join(dir, 'backup.json'),
  serialPort: { path, adapter: 'deconz', baudRate: 115200 },
  adapter: {},
  acceptJoiningDeviceHandler: () => Promise.resolve(true),
})
const next = (event, wanted) =>
  new Promise((resolve) => {
    const listener = (data) => {
      if (!wanted(data)) return
      controller.off(event, listener)
      resolve(data)
    }
    controller.on(event, listener)
  })
const message = (type) => next('message', (data) => data.type === type && data.cluster === 'seMetering')

try {
  await controller.start()
  say('started', {
    network: await controller.getNetworkParameters(),
    version: await controller.getCoordinatorVersion(),
  })
  const coordinator = controller.getDevicesByType('Coordinator')[0]
  say('coordinator', { ieee: coordinator.ieeeAddr, endpoints: coordinator.endpoints.map(({ ID }) => ID) })

  const interviewed = next('deviceInterview', ({ status }) => status !== 'started')
  await controller.permitJoin(60)
  const { status, device } = await interviewed
  const meter = device.getEndpoint(1)
  say('interviewed', {
    status,
    ieee: device.ieeeAddr,
    type: device.type,
    manufacturer: device.manufacturerName,
    model: device.modelID,
    profile: meter.profileID,
    deviceId: meter.deviceID,
    inputClusters: meter.inputClusters,
  })

  const answered = message('readResponse')
  say('read', { values: await meter.read('seMetering', attributes) })
  const { fromZigbee } = require('zigbee-herdsman-converters')
  const converted = (msg) => fromZigbee.metering.convert({ meta: {} }, msg, silent, {}, { device, state: {} })
  say('converted', { values: converted(await answered) })

  await meter.configureReporting('seMetering', [
    { attribute: 'instantaneousDemand', minimumReportInterval: 5, maximumReportInterval: 3600, reportableChange: 10 },
  ])
  const reported = message('attributeReport')
  say('configured')
  say('reported', { values: converted(await reported) })

  const refusal = async (step, action) =>
    say(step, {
      error: await action().then(
        () => 'none',
        (error) => error.message,
      ),
    })
  await refusal('tunnel', () => meter.read('seTunneling', ['closeTunnelTimeout']))
  await refusal('nobody', () =>
    controller.adapter.sendZdo('0x0000000000000001', 0x7777, 0x0002, Buffer.from([0, 0x77, 0x77]), false),
  )
  await controller.stop()
  say('stopped')
} catch (error) {
  say('failed', { error: String(error?.stack ?? error) })
} finally {
  rmSync(dir, { recursive: true, force: true })
  process.exit(0)
}
