import { type Asn1, type Asn1Value, decodeAsn1, encodeAsn1, type LengthForm } from '../asn1/index.js'
import { addressOf, type Addressee, type CommandRequest, type UseCaseHead } from './use-case.js'

export interface Asn1UseCase<C = any, R = any> extends UseCaseHead {
  readonly payload: 'asn1'
  readonly commandType: Asn1<C>
  readonly responseType: Asn1<R>
  /** The typed command. Lengths are written in the form of the reference messages unless another is asked for. */
  command(values: { readonly to: Addressee; readonly value: C; readonly form?: LengthForm }): CommandRequest<R>
  /** Typed value of a command payload, with its length form. */
  parse(content: Uint8Array): { readonly value: C; readonly form: LengthForm }
}

/** Declares a use case whose payload is an ASN.1 structure. */
export function asn1UseCase<C extends Asn1<any>, R extends Asn1<any>>(
  declaration: UseCaseHead & { readonly command: C; readonly response: R },
): Asn1UseCase<Asn1Value<C>, Asn1Value<R>> {
  const { command: commandType, response: responseType, ...head } = declaration
  return {
    ...head,
    payload: 'asn1',
    commandType,
    responseType,
    command: ({ to, value, form }): CommandRequest<Asn1Value<R>> => ({
      useCase: head,
      target: addressOf(to),
      payload: () => encodeAsn1(commandType, value, form),
      read(content) {
        const { value: response } = decodeAsn1(responseType, content)
        return {
          ok: true,
          items: [{ name: head.name, result: 0, value: response as unknown }],
          value: response as Asn1Value<R>,
        }
      },
    }),
    parse: (content) => decodeAsn1(commandType, content) as { value: Asn1Value<C>; form: LengthForm },
  }
}
