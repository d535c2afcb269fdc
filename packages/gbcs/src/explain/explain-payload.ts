import { toHex } from '@smets2-sim/bytes'
import type { CosemExecution } from '../alerts/notification-content.js'
import { billingCalendarLog } from '../objects/index.js'
import { memberAt } from '../payload/access-request.js'
import type { NotificationPayload } from '../payload/notification.js'
import type { Payload } from '../payload/payload.js'
import { useCaseByCode } from '../use-cases/index.js'
import type { OpenSealed } from '../use-cases/use-case.js'
import { cosemJson } from './cosem-json.js'
import { dateTimeText } from './date-time-text.js'
import { describeAlert } from './describe-alert.js'
import { explainAsn1 } from './explain-asn1.js'
import { explainAccessRequest, explainAccessResponse, explainContent, type ProtectedMembers } from './explain-cosem.js'
import { explainGbz, explainGbzAlert } from './explain-gbz.js'
import { codeText, type JsonObject } from './json.js'

/** A typed payload as JSON. `open` gives the plaintext of what is encrypted; what it does not open stays sealed. */
export function explainPayload(payload: Payload, open: OpenSealed): JsonObject {
  switch (payload.format) {
    case 'accessRequest':
      return explainAccessRequest(payload)
    case 'accessResponse':
      return explainAccessResponse(payload, open)
    case 'notification':
      return explainNotification(payload, open)
    case 'gbz':
      return explainGbz(payload, open)
    case 'gbzAlert':
      return explainGbzAlert(payload, open)
    case 'asn1':
      return explainAsn1(payload)
    case 'opaque':
      return { format: 'opaque', octets: toHex(payload.octets) }
  }
}

/** What the alert of an updated billing log carries encrypted. facts 5.4. */
const sealedLog: ProtectedMembers = { billingCalendarLog: billingCalendarLog.buffer }

function explainNotification(payload: NotificationPayload, open: OpenSealed): JsonObject {
  const { invokeIdAndPriority, alertCode, dateTime, content } = payload
  return {
    format: 'notification',
    invokeIdAndPriority,
    ...describeAlert(alertCode),
    time: dateTimeText(dateTime),
    ...(content.type === 'value' ? explainElements(content.value as object) : explainContent(content, open, sealedLog)),
  }
}

/** The elements of an alert by name; those that name a command say which use case it is of. */
const explainElements = (elements: object): JsonObject =>
  Object.fromEntries(
    Object.entries(elements).map(([key, value]) => [
      key,
      isAboutCommand(value) ? explainCommand(value) : cosemJson(value),
    ]),
  )

type AboutCommand = Partial<CosemExecution> & { readonly messageCode: number }
const isAboutCommand = (value: unknown): value is AboutCommand =>
  typeof value === 'object' && value !== null && 'messageCode' in value

const explainCommand = ({ messageCode, ...rest }: AboutCommand): JsonObject => ({
  messageCode: codeText(messageCode),
  useCase: useCaseByCode(messageCode)?.name ?? null,
  ...(cosemJson(rest) as JsonObject),
  ...explainAttribute(rest),
})

/** The object whose attribute held the execution time. */
function explainAttribute({ classId, logicalName, attribute }: Partial<CosemExecution>): JsonObject {
  if (classId === undefined || logicalName === undefined || attribute === undefined) return {}
  const member = memberAt('attribute', classId, logicalName, attribute)
  return member ? { object: member.object, name: member.name } : {}
}
