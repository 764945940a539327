/** Arrays that several threads can read and write without a copy. */

/** From so many numbers on an array is shared. Work on so few rows, or fewer, is never handed to another thread. */
export const SHARED_LENGTH = 1 << 16;

/** Zeros. */
export function doubles(length: number): Float64Array {
  return length < SHARED_LENGTH ? new Float64Array(length) : new Float64Array(shared(8 * length));
}

/** Zeros. */
export function integers(length: number): Int32Array {
  return length < SHARED_LENGTH ? new Int32Array(length) : new Int32Array(shared(4 * length));
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

/** `values`, or where it is long and not shared a copy that is: the same at each call. */
export function sharedNumbers(values: Float64Array): Float64Array {
  if (values.length < SHARED_LENGTH || values.buffer instanceof SharedArrayBuffer) return values;
  return remembered(values, () => {
    const copy = doubles(values.length);
    copy.set(values);
    return copy;
  });
}

/** As `sharedNumbers`. */
export function sharedCodes(codes: Int32Array): Int32Array {
  if (codes.length < SHARED_LENGTH || codes.buffer instanceof SharedArrayBuffer) return codes;
  return remembered(codes, () => {
    const copy = integers(codes.length);
    copy.set(codes);
    return copy;
  });
}

const copies = new WeakMap<object, unknown>();

function remembered<T extends object>(original: T, copy: () => T): T {
  const known = copies.get(original);
  if (known !== undefined) return known as T;
  const made = copy();
  copies.set(original, made);
  return made;
}
