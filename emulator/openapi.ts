// WeChat's open interfaces (cloud.openapi.*), as far as the product uses them. The SDK sends them as
// multipart/form-data with a protobuf part; message shapes were read from wx-server-sdk 4.0.2.
import type { IncomingMessage } from 'node:http'
import busboy from 'busboy'
import protobuf from 'protobufjs'
import QRCode from 'qrcode'
import { WeChatError, type WeChat } from './wechat'

const schema = protobuf.parse(`syntax = "proto3";
message CommApiData { int32 apiType = 1; OpenApiData openapiData = 2; Svr svrkitData = 4; string appid = 6; }
message OpenApiData { repeated KV pairs = 1; }
message KV { string key = 1; bytes value = 2; string contenttype = 3; string filename = 4; }
message Svr { string apiName = 1; bytes reqData = 2; }
message Resp { bytes respData = 1; string contentType = 2; int32 errorCode = 3; uint32 httpCode = 4; int32 svrkitErrorCode = 6; }`).root
const CommApiData = schema.lookupType('CommApiData')
const Resp = schema.lookupType('Resp')

/** A request as it came in: fields of the form. */
export interface OpenApiForm {
  readonly action: string
  readonly apiName: string
  readonly request: Buffer
}

/** What goes back: protobuf, or the JSON that the SDK takes for an error of the cloud. */
export type OpenApiReply = { readonly protobuf: Buffer } | { readonly code: string; readonly message: string }

/** Reads the multipart form of an open interface. */
export function readForm(request: IncomingMessage): Promise<OpenApiForm> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, Buffer>()
    const form = busboy({ headers: request.headers, limits: { fileSize: 12 * 1024 * 1024, files: 20, fields: 50 } })
    form.on('field', (name, value) => fields.set(name, Buffer.from(value)))
    form.on('file', (name, stream) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => fields.set(name, Buffer.concat(chunks)))
    })
    form.on('error', reject)
    form.on('close', () => resolve({
      action: fields.get('action')?.toString('utf8') ?? '', apiName: fields.get('apiName')?.toString('utf8') ?? '', request: fields.get('requestData') ?? Buffer.alloc(0),
    }))
    request.on('error', reject)
    request.pipe(form)
  })
}

/** Words that fail the text check; the first is the test sentence of WeChat's own documentation, the second a harmless one for tests. */
export const riskyWords = ['特3456书yuuo莞6543李zxcz蒜7782法fgnv级', '违禁词', '赌博', '代开发票', '裸聊', '毒品']
/** Bytes that make an image fail the image check, wherever they stand in it. */
export const riskyImageMarker = 'DEMO-RISKY-IMAGE'

type Parameters = Record<string, unknown>
interface Surroundings {
  readonly wechat: WeChat
  readonly appid: string
  readonly now: () => number
  readonly baseUrl: () => string
  /** Interfaces that the calling function declared in its config.json; undefined when no function calls. */
  readonly declared: readonly string[] | undefined
}
type Answer = { readonly json: Record<string, unknown> } | { readonly buffer: Buffer; readonly contentType: string }

const interfaces: Record<string, (parameters: Parameters, around: Surroundings) => Answer | Promise<Answer>> = {
  'subscribeMessage.send': (parameters, { wechat }) => {
    wechat.send(parameters)
    return { json: {} }
  },
  'security.msgSecCheck': ({ content, version, scene, openid }) => {
    if (typeof openid !== 'string' || openid === '') throw new WeChatError(40003, 'invalid openid')
    if (typeof content !== 'string' || content === '' || [...content].length > 2500) throw new WeChatError(47001, 'data format error: content')
    if (version !== 2 || ![1, 2, 3, 4].includes(Number(scene))) throw new WeChatError(47001, 'data format error: version must be 2, scene 1 to 4')
    const isRisky = riskyWords.some(word => content.includes(word))
    const result = { suggest: isRisky ? 'risky' : 'pass', label: isRisky ? 20001 : 100 }
    return { json: { result, detail: [{ strategy: 'content_model', errcode: 0, ...result, prob: 90 }], trace_id: 'emulator' } }
  },
  'security.imgSecCheck': ({ media }) => {
    const bytes = media instanceof Uint8Array ? Buffer.from(media) : undefined
    if (!bytes || bytes.length === 0) throw new WeChatError(41005, 'media data missing')
    if (bytes.length > 1024 * 1024) throw new WeChatError(40006, 'invalid media size')
    if (bytes.includes(riskyImageMarker)) throw new WeChatError(87014, 'risky content')
    return { json: {} }
  },
  'wxacode.getUnlimited': async ({ scene, page, width }, { baseUrl }) => {
    if (typeof scene !== 'string' || !/^[\w!#$&'()*+,/:;=?@\-.~]{1,32}$/.test(scene)) throw new WeChatError(40169, 'invalid length for scene, or the data is not json string')
    if (page !== undefined && (typeof page !== 'string' || page.startsWith('/') || page.includes('?'))) throw new WeChatError(41030, 'invalid page')
    const pixels = typeof width === 'number' ? Math.min(1280, Math.max(280, width)) : 430
    const text = `${baseUrl()}/app/#/${page ?? ''}?scene=${encodeURIComponent(scene)}`
    return { buffer: await QRCode.toBuffer(text, { type: 'png', width: pixels, margin: 2 }), contentType: 'image/png' }
  },
  'phonenumber.getPhoneNumber': ({ code }, { wechat, appid, now }) => {
    const phone = wechat.redeemPhoneCode(code)
    const watermark = { timestamp: Math.floor(now() / 1000), appid }
    return { json: { phone_info: { phone_number: phone, pure_phone_number: phone, country_code: '86', watermark } } }
  },
}

/** -604101: the function's config.json does not declare this interface under permissions.openapi. */
const noPermission = -604101

/** Runs an open interface. What the emulator does not know is refused by name. */
export async function callOpenApi({ apiName, request }: OpenApiForm, around: Surroundings): Promise<OpenApiReply> {
  const isOpenData = apiName.startsWith('Api')
  if (!isOpenData && around.declared && !around.declared.includes(apiName)) return { protobuf: encode({ errorCode: noPermission, httpCode: 200 }) }
  const call = Object.hasOwn(interfaces, apiName) ? interfaces[apiName] : undefined
  if (!call) return { code: 'INVALID_PARAM', message: `${apiName || 'this interface'} is not supported by the emulator` }
  const json = (body: Record<string, unknown>): OpenApiReply => reply(Buffer.from(JSON.stringify(body)), 'application/json; charset=utf-8')
  try {
    const answer = await call(parametersOf(request), around)
    return 'json' in answer ? json({ errcode: 0, errmsg: 'ok', ...answer.json }) : reply(answer.buffer, answer.contentType)
  } catch (error) {
    if (error instanceof WeChatError) return json({ errcode: error.errcode, errmsg: error.message })
    throw error
  }
}

function reply(respData: Buffer, contentType: string): OpenApiReply {
  return { protobuf: encode({ respData, contentType, httpCode: 200 }) }
}

function encode(fields: Record<string, unknown>): Buffer {
  return Buffer.from(Resp.encode(Resp.create(fields)).finish())
}

function parametersOf(request: Buffer): Parameters {
  const { openapiData } = CommApiData.toObject(CommApiData.decode(request), { defaults: true }) as {
    openapiData?: { pairs?: { key: string; value: Uint8Array; contenttype: string; filename: string }[] }
  }
  const parameters: Parameters = {}
  for (const { key, value, contenttype, filename } of openapiData?.pairs ?? []) {
    // Files carry a name (the SDK leaves their content type out); everything else is JSON.
    parameters[key] = contenttype === '' && filename === '' ? JSON.parse(Buffer.from(value).toString('utf8')) : value
  }
  return parameters
}
