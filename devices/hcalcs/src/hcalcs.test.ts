import { native, softwareKeyStore } from '@smets2-sim/crypto'
import { auxiliaryLoad, deviceLog, han, setDeviceLog, type StateStore } from '@smets2-sim/firmware'
import { alertOf, deviceType } from '@smets2-sim/gbcs'
import { EPOCH_2000 } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ids, loadControlEvent, orderSwitch, ServedEsme, testClock } from '../../esme/src/clusters/home.fixture.js'
import { ASK_AGAIN_S, type Hcalcs } from './hcalcs.js'
import { hcalcs } from './index.js'

/** An electricity meter with a load switch of the home network on controller 2. */
class SwitchedHome {
  readonly clock = testClock('2026-01-01T12:00:00Z')
  readonly network = new han.DirectHan(ids.hub)
  readonly esme = new ServedEsme(this.network, this.clock)
  auxiliary = auxiliaryLoad.newAuxiliary(['none', 'hcalcs'], this.clock.time)
  readonly alerts: string[] = []
  hcalcs: Hcalcs
  #saved: Uint8Array | undefined

  constructor() {
    this.hcalcs = this.#make()
    setDeviceLog(this.hcalcs, [{ deviceId: ids.esme, deviceType: deviceType.esme }])
    this.hcalcs.tick()
    this.esme.actions.switchAnswered = (id, commandId, ok) => {
      this.esme.switchAnswers.push([id, commandId, ok])
      this.#becomes(auxiliaryLoad.confirm(this.auxiliary, 2, commandId, ok, this.clock.time))
    }
    this.esme.actions.switchOrder = () => {
      const { ordered, pending } = auxiliaryLoad.controllerOf(this.auxiliary, 2)?.output ?? { ordered: 0 }
      return { commandId: pending ?? this.clock.time + EPOCH_2000, level: ordered }
    }
  }
  #make(): Hcalcs {
    const store: StateStore = { load: () => this.#saved, save: (snapshot) => void (this.#saved = snapshot) }
    const device = hcalcs(ids.hcalcs, {
      clock: this.clock,
      crypto: native,
      keys: softwareKeyStore(native, {}),
      entropy: { bytes: (count) => new Uint8Array(count) },
      link: { send: () => undefined },
      store,
      han: this.network.port(ids.hcalcs),
    })
    this.network.serve(ids.hcalcs, device.receiver)
    return device
  }
  restart(): void {
    this.hcalcs.save()
    this.hcalcs = this.#make()
  }
  /** A script selector of ECS47: 0x0211 closes switch 2, 0x0212 opens it. */
  command(selector: number): void {
    const outcome = auxiliaryLoad.setController(this.auxiliary, selector, {}, this.clock.time)
    expect(outcome.kind).toBe('done')
    this.#becomes(outcome)
  }
  get level(): number | undefined {
    return auxiliaryLoad.controllerOf(this.auxiliary, 2)?.output.level
  }
  #becomes({ auxiliary, events }: auxiliaryLoad.AuxiliaryStep): void {
    this.auxiliary = auxiliary
    for (const event of events) {
      if (event.kind === 'alert') this.alerts.push(event.name)
      if (event.kind === 'hanCommand') orderSwitch(this.esme, this.esme.port, ids.hcalcs, event)
    }
  }
  advance(seconds: number): void {
    const end = this.clock.time + seconds
    for (let due = this.hcalcs.nextDue(); due !== undefined && due <= end; due = this.hcalcs.nextDue()) {
      this.clock.time = Math.max(due, this.clock.time)
      this.hcalcs.tick()
    }
    this.clock.time = end
  }
}

describe('a load switch', () => {
  it('closes and opens when the meter says so, and the meter knows', () => {
    const home = new SwitchedHome()
    home.command(0x0211)
    expect([home.hcalcs.state, home.level]).toEqual(['closed', 100])
    home.command(0x0212)
    expect([home.hcalcs.state, home.level]).toEqual(['open', 0])
    expect(home.alerts).toEqual([])
  })
  it('that is stuck does not, and the meter raises 811A', () => {
    const home = new SwitchedHome()
    home.hcalcs.stuck = true
    home.command(0x0211)
    expect([home.hcalcs.state, home.level]).toEqual(['open', 0])
    expect(home.alerts).toEqual(['failureInChangingOrMaintainingHcalcsOrAlcsState'])
  })
  it('that cannot be reached does not either, and does it when it is back', () => {
    const home = new SwitchedHome()
    home.network.setReachable(ids.hcalcs, false)
    home.command(0x0211)
    expect(home.alerts).toEqual(['failureInChangingOrMaintainingHcalcsOrAlcsState'])
    expect(home.hcalcs.state).toBe('open')
    home.restart()
    home.advance(5 * ASK_AGAIN_S)
    expect(home.hcalcs.state).toBe('open')
    home.network.setReachable(ids.hcalcs, true)
    home.advance(ASK_AGAIN_S)
    expect(home.hcalcs.state).toBe('closed')
  })
  it('is as it was after a power cut, and asks the meter once', () => {
    const home = new SwitchedHome()
    home.command(0x0211)
    home.restart()
    expect(home.hcalcs.state).toBe('closed')
    home.advance(3600)
    expect(home.esme.eventCodes.filter((code) => code === '8154 1 25')).toHaveLength(2)
    expect(home.hcalcs.nextDue()).toBeUndefined()
  })
  it('does at its time what is to be done later, unless it is taken back or another command comes', () => {
    const home = new SwitchedHome()
    const at = home.clock.time + 100
    const later = (commandId: number, startTime = at) => {
      const command = loadControlEvent({ commandId, level: 100 })
      home.esme.port.publish(ids.hcalcs, { ...command, fields: { ...command.fields, startTime } })
    }
    const cancel = (issuerEventId: number) =>
      home.esme.port.publish(ids.hcalcs, {
        ...loadControlEvent({ commandId: 1, level: 0 }),
        name: 'cancelLoadControlEvent',
        fields: { issuerEventId, deviceClass: 0, utilityEnrollmentGroup: 0, cancelControl: 0, effectiveTime: 0 },
      })
    later(1)
    cancel(2)
    home.advance(99)
    expect(home.hcalcs.state).toBe('open')
    home.advance(1)
    expect(home.hcalcs.state).toBe('closed')
    home.command(0x0212)
    later(3, home.clock.time + 100)
    cancel(3)
    later(4, home.clock.time + 100)
    home.command(0x0212)
    home.advance(200)
    expect(home.hcalcs.state).toBe('open')
    expect(home.esme.switchAnswers.map(([, id, ok]) => (id < 10 ? [id, ok] : ok))).toEqual([[1, true], true, true])
  })
  it('asks the meter as soon as it is joined', () => {
    const home = new SwitchedHome()
    const log = deviceLog(home.hcalcs)
    setDeviceLog(home.hcalcs, [])
    home.restart()
    expect(home.hcalcs.nextDue()).toBeUndefined()
    home.command(0x0211)
    setDeviceLog(home.hcalcs, log)
    expect(home.hcalcs.nextDue()).toBe(home.clock.time)
    home.advance(0)
    expect(home.hcalcs.state).toBe('closed')
  })
  it('refuses levels that a switch cannot have', () => {
    const home = new SwitchedHome()
    home.esme.port.publish(ids.hcalcs, loadControlEvent({ commandId: 5, level: 50 }))
    expect(home.hcalcs.state).toBe('open')
    expect(home.esme.switchAnswers).toEqual([[ids.hcalcs, 5, false]])
  })
  it('does nothing for others than its meter, and logs it', () => {
    const home = new SwitchedHome()
    const outcomes: unknown[] = []
    const close = loadControlEvent({ commandId: 5, level: 100 })
    home.network.port(ids.ihd).publish(ids.hcalcs, close, (outcome) => outcomes.push(outcome))
    expect(outcomes).toEqual([{ kind: 'refused', status: 0x7e }])
    expect(home.hcalcs.state).toBe('open')
    const log = [...home.hcalcs.log('securityLog.buffer').entries()] as { code: number }[]
    expect(log.map(({ code }) => alertOf(code)?.name)).toEqual(['unauthorisedCommunicationAccessAttempted'])
    setDeviceLog(home.hcalcs, deviceLog(home.hcalcs).slice(1))
    home.esme.port.publish(ids.hcalcs, close)
    expect(home.hcalcs.state).toBe('open')
  })
  it('whatever happens, ends as the meter last ordered once it can', () => {
    const happening = fc.constantFrom('close', 'open', 'lose', 'find', 'stick', 'free', 'restart', 'wait')
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 25 }), (happenings) => {
        const home = new SwitchedHome()
        for (const one of happenings) {
          home.advance(1)
          if (one === 'close') home.command(0x0211)
          else if (one === 'open') home.command(0x0212)
          else if (one === 'lose' || one === 'find') home.network.setReachable(ids.hcalcs, one === 'find')
          else if (one === 'stick' || one === 'free') home.hcalcs.stuck = one === 'stick'
          else if (one === 'restart') home.restart()
          else home.advance(ASK_AGAIN_S)
        }
        home.hcalcs.stuck = false
        home.network.setReachable(ids.hcalcs, true)
        home.restart()
        home.advance(2 * ASK_AGAIN_S)
        const ordered = auxiliaryLoad.controllerOf(home.auxiliary, 2)?.output.ordered
        expect(home.hcalcs.state).toBe(ordered === 100 ? 'closed' : 'open')
      }),
      { numRuns: 100 },
    )
  })
})
