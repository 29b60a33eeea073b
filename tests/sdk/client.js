// What somebody's program does with an SDK that knows nothing of the simulator: node client.js SIMULATOR PICTURE
// Prints what came of it as JSON.
'use strict';

const API = require('co-wechat-api');
const jpeg = require('jpeg-js');
const jsQR = require('jsqr');

async function fetched(url) {
  const answer = await fetch(url);
  return { status: answer.status, type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function refusal(call) {
  try {
    await call;
    return 'no error';
  } catch (error) {
    return { name: error.name, code: error.code, message: error.message };
  }
}

async function main(simulator, picture) {
  const api = new API('wx1', 's1');
  api.prefix = simulator + '/cgi-bin/';
  api.mpPrefix = simulator + '/cgi-bin/';
  const did = {};
  did.token = await api.getAccessToken();
  did.text = await api.sendText('o1', 'Good morning, 你好 👋 <a href="http://x/?a=1&b=2">here</a>');
  did.upload = await api.uploadImageMedia(picture);
  did.image = await api.sendImage('o1', did.upload.media_id);
  did.fetched = (await api.getMedia(did.upload.media_id)).toString('base64');
  did.user = await api.getUser('o1');
  did.stranger = await refusal(api.sendText('nobody', 'x'));
  const code = await api.createTmpQRCode('desk-12', 600);
  // showQRCodeURL leaves the ticket as it is, whose + a server reads as a blank: the caller must encode it.
  did.unencoded = (await fetched(api.showQRCodeURL(code.ticket))).status;
  const shown = await fetched(api.showQRCodeURL(encodeURIComponent(code.ticket)));
  const pixels = jpeg.decode(shown.bytes, { useTArray: true });
  const read = jsQR(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height);
  did.code = { ...code, type: shown.type, read: read && read.data };
  console.log(JSON.stringify(did));
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
