/** The function, made to work only once for each argument. */
export function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const memory = new Map<Key, Value>();
  return (key) => {
    if (!memory.has(key)) memory.set(key, make(key));
    return memory.get(key) as Value;
  };
}
