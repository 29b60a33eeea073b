// Reads the QR code of an SVG on stdin, as a phone's camera would: drawn, then decoded. Prints what it holds.
//
// Draws what the host writes and no more: paths of rectangles "Mx,yhWv1h-Wz", of which the first is the white ground.
const { createRequire } = require("module");
const jsqr = createRequire(process.argv[2] + "/")("jsqr");
const scale = 4;

const svg = require("fs").readFileSync(0, "utf8");
const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)[1]);
const pixels = new Uint8ClampedArray(side * scale * side * scale * 4).fill(255);
const dark = [...svg.matchAll(/d="([^"]*)"/g)].at(-1)[1];
for (const [, x, y, width] of dark.matchAll(/M(\d+),(\d+)h(\d+)v1h-\3z/g))
  for (let row = y * scale; row < (Number(y) + 1) * scale; ++row)
    for (let column = x * scale; column < (Number(x) + Number(width)) * scale; ++column)
      pixels.fill(0, (row * side * scale + column) * 4, (row * side * scale + column) * 4 + 3);
const code = jsqr(pixels, side * scale, side * scale);
process.stdout.write(code ? code.data : "no QR code");
