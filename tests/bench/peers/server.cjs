// co-wechat behind one port of loopback, as its readme shows it: one process, one event loop, nothing stored.
//   node server.cjs PORT
'use strict';
const Koa = require('koa');
const wechat = require('co-wechat');

const account = {
  token: 'callbacktoken',
  appid: 'wx0123456789abcdef',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};
const app = new Koa();
app.use(wechat(account).middleware(async () => ''));
app.listen(Number(process.argv[2]), '127.0.0.1');
