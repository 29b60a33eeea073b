// What co-wechat does with a callback before anybody is asked: outer XML, signature, decryption, inner XML. No HTTP.
//   node step.cjs FILE ROUNDS      FILE is bench-make-callbacks'; prints a JSON list of ns a callback, one a round
'use strict';
const fs = require('node:fs');
const { parseString } = require('xml2js');
const Crypt = require('wechat-crypto');

const crypt = new Crypt('callbacktoken', 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', 'wx0123456789abcdef');

function* requests(bytes) {
  for (let at = 0; at < bytes.length;) {
    const line = bytes.indexOf('\n', at);
    const end = line + 1 + Number(bytes.toString('latin1', at, line));
    const text = bytes.toString('utf8', line + 1, end);
    const target = text.slice(text.indexOf('?') + 1, text.indexOf(' HTTP/'));
    yield { query: new URLSearchParams(target), body: text.slice(text.indexOf('\r\n\r\n') + 4) };
    at = end;
  }
}

const read = xml => new Promise((done, failed) =>
  parseString(xml, { trim: true }, (fault, found) => fault ? failed(fault) : done(found.xml)));

async function step({ query, body }) {
  const encrypted = (await read(body)).Encrypt[0];
  const signature = crypt.getSignature(query.get('timestamp'), query.get('nonce'), encrypted);
  if (signature !== query.get('msg_signature')) throw new Error('a signature that does not fit');
  return read(crypt.decrypt(encrypted).message);
}

(async () => {
  const all = [...requests(fs.readFileSync(process.argv[2]))];
  const rounds = [];
  for (let round = -2; round < Number(process.argv[3]); ++round) {  // two to warm up the compiler
    const before = process.cpuUsage();
    for (const request of all) await step(request);
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) rounds.push((user + system) * 1e3 / all.length);
  }
  console.log(JSON.stringify(rounds));
})();
