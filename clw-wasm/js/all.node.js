// The entry for Node's `import`: the same instance as its `require` gives.
export * from "../dist/all.cjs";
