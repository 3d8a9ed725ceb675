export default definePageConfig({ navigationBarTitleText: '这位居民' })
