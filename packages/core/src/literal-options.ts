/**
 * What the types refuse: only literals that are known to be wrong. A `string`, a `string[]` and
 * options hoisted into a variable always compile; start-up judges them.
 */

/** Carries the reason into the compiler's message. No value has this type. */
export interface Refused<Reason extends string> {
  readonly 'refused by @cors/core': Reason;
}

/**
 * To be intersected with the type of an options parameter, whose type parameters must be `const`.
 *
 * @typeParam Origin - Inferred from `origin`.
 * @typeParam Credentials - Inferred from `credentials`.
 * @typeParam Exposed - Inferred from `exposedHeaders`.
 */
export type LiteralOptions<Origin, Credentials, Exposed> = {
  // A list with another one spread in it is no tuple to the compiler where it checks, only where it infers.
  readonly origin?: Origin | readonly string[];
  readonly exposedHeaders?: Exposed | undefined;
} & (
  | { readonly credentials: Credentials }
  // Apart: from an optional property alone no `undefined` is inferred, and `true | undefined` would be `true`.
  | { readonly credentials?: boolean | undefined }
) &
  RefuseOrigin<NoPattern<Origin>> &
  RefuseWithCredentials<Origin, Credentials, Exposed>;

type RefuseOrigin<Wrong> = [Wrong] extends [never]
  ? unknown
  : {
      readonly origin: Refused<`'${Wrong & string}' has no scheme: write 'https://${Wrong & string}'`>;
    };

/** The literals in an origin, or a list of origins, that cannot be patterns. */
type NoPattern<Origin> = Origin extends string
  ? NoPatternLiteral<Origin>
  : Origin extends readonly (infer Member)[]
    ? NoPatternLiteral<Member>
    : never;

type NoPatternLiteral<Value> = Value extends string
  ? IsWide<Value> extends true
    ? never
    : Value extends '*' | 'null' | `${string}://${string}`
      ? never
      : Value
  : never;

/** Whether a string type has more than one value: `string` itself, branded strings, templates. */
// The empty object has every key of such a type, and lacks a literal's one.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
type IsWide<Value extends string> = {} extends { readonly [Key in Value]: 1 } ? true : false;

type RefuseWithCredentials<Origin, Credentials, Exposed> =
  IsLiteral<Credentials, true> extends true
    ? (IsLiteral<Origin, '*' | readonly ['*']> extends true
        ? { readonly origin: Refused<"with credentials '*' cannot work: list the origins"> }
        : unknown) &
        (IsLiteral<Exposed, '*' | readonly ['*']> extends true
          ? { readonly exposedHeaders: Refused<"with credentials '*' cannot work: list the names"> }
          : unknown)
    : unknown;

/** Whether a type is known to be the literal: `any`, `never` and wider types are not. */
type IsLiteral<Type, Literal> = [Type] extends [never]
  ? false
  : 0 extends 1 & Type
    ? false
    : [Type] extends [Literal]
      ? true
      : false;
