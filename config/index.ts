/**
 * How Taro builds the two targets from one source: WeChat (production) and H5 (demo and tests).
 * Sizes are plain px on both: large text is chosen by the person, not derived from the width of a screen.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'
import { types } from 'sass'
import development from './dev'
import production from './prod'

const target = process.env.TARO_ENV ?? 'h5'

/**
 * What a screen reader needs, by component. WeChat's templates carry no aria attribute that is not listed here;
 * the default is the empty string, which says nothing, where `undefined` might be read out.
 */
const aria = (...names: string[]) => Object.fromEntries(names.map((name) => [`aria-${name}`, "''"]))
const spokenComponents = {
  View: aria('role', 'label', 'level', 'checked', 'selected', 'expanded', 'disabled', 'busy', 'hidden', 'current', 'live'),
  Text: aria('role', 'label', 'hidden'),
  Image: aria('role', 'label'),
  Input: aria('label', 'invalid'),
  Textarea: aria('label', 'invalid'),
  Button: aria('role', 'label', 'disabled', 'busy'),
}

/**
 * `lucide("house")` in a style sheet: the icon as a mask image, stroke 1.8. Only icons that a style sheet names reach a build.
 * The word beside an icon carries the meaning, so the image itself is decoration.
 */
const lucide = (name: unknown) => {
  if (!(name instanceof types.String)) throw new Error('lucide() takes the name of an icon')
  const file = path.join(path.dirname(require.resolve('lucide-static/package.json')), 'icons', `${name.getValue()}.svg`)
  const svg = readFileSync(file, 'utf8')
    .replace(/<!--[\s\S]*?-->/, '')
    .replace(/\s*class="[^"]*"/, '')
    .replace('stroke-width="2"', 'stroke-width="1.8"')
    .replace('currentColor', '#000')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .trim()
  return new types.String(`url("data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}")`)
}

const cssModules = { enable: true, config: { namingPattern: 'module' as const, generateScopedName: '[local]_[hash:base64:5]' } }
const sassLoaderOption = { api: 'legacy', sassOptions: { functions: { 'lucide($name)': lucide } } }

export default defineConfig<'webpack5'>(async (merge) => {
  const common: UserConfigExport<'webpack5'> = {
    projectName: 'zhangshang-leling',
    date: '2026-11-22',
    designWidth: 375,
    deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
    sourceRoot: 'src',
    outputRoot: `dist/${target}`,
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    alias: { '@': path.resolve(__dirname, '..', 'src') },
    plugins: [['@tarojs/plugin-inject', { components: spokenComponents }]],
    defineConstants: {
      API_MODE: JSON.stringify(target),
      CLOUD_ENVIRONMENT: JSON.stringify(process.env.CLOUD_ENVIRONMENT ?? ''),
      SPEECH_PLUGIN: JSON.stringify(process.env.WECHAT_SPEECH_PLUGIN ?? ''),
    },
    mini: {
      sassLoaderOption,
      optimizeMainPackage: { enable: true },
      miniCssExtractPluginOption: { ignoreOrder: true },
      postcss: { pxtransform: { enable: false, config: {} }, cssModules },
    },
    h5: {
      publicPath: '/app/',
      staticDirectory: 'static',
      router: { mode: 'hash' },
      sassLoaderOption,
      // Taro's own packages are modern JavaScript already, and so is every browser of the demo: no second compilation.
      compile: { exclude: [(file: string) => file.includes('node_modules')] },
      // What screens share is one file: without it each page's own chunk, and its style sheet, carried all of it.
      webpackChain(chain) {
        chain.optimization.merge({ splitChunks: { cacheGroups: { shared: { name: 'shared', chunks: 'all', minChunks: 2, priority: 20, enforce: true, test: /[\\/]src[\\/](components|services|domain|contract)[\\/]/ } } } })
      },
      output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
      miniCssExtractPluginOption: { ignoreOrder: true, filename: 'css/[name].[contenthash:8].css', chunkFilename: 'css/[name].[contenthash:8].css' },
      postcss: { pxtransform: { enable: false, config: {} }, autoprefixer: { enable: true, config: {} }, cssModules },
    },
  }
  return merge({}, common, process.env.NODE_ENV === 'development' ? development : production)
})
