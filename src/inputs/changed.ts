/** A change from one text to another, either of which may be absent. */
export function changed<T extends object>(
  what: T,
  from: string | undefined,
  to: string | undefined,
): T & { readonly from?: string; readonly to?: string } {
  return { ...what, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
