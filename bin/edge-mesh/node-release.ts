/** `engines` of package.json; npm only warns of it. */
const oldest = [20, 12] as const;

// The first import of every entry: what older releases lack would fail later, in words that do not say why.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(`Node ${process.versions.node} is too old; needed: ${oldest.join('.')} or newer`);
  process.exit(2);
}
