export default definePageConfig({ navigationBarTitleText: '交作品' })
