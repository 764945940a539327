/** Computes at the first call and remembers: the editor asks a graph for what the person looks at, not for everything. */
export function lazy<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
