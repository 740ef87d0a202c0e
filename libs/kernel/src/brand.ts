/** A string that only its owner's constructor or a parse boundary may make. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
