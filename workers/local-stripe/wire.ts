// The SDK's types as they are on the wire and in the store: decimals are text, what can be expanded is an id.
import type Stripe from 'stripe'

interface Named {
  object: string
}

/** A field that holds an id or, expanded, the object: the store holds the id. */
type Collapsed<T> = [string] extends [T] ? Exclude<T, Named> : T

type Field<T> = WireValue<Collapsed<T>>

type WireValue<T> = T extends Stripe.Decimal
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends (infer Item)[]
      ? Field<Item>[]
      : { [Key in keyof T]: Field<T[Key]> }

export type Wire<T> = { [Key in keyof T]: Field<T[Key]> }
