/** The least that a compiled program can cost. */
console.log("hi");
