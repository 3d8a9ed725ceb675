export default definePageConfig({ navigationBarTitleText: '爱心池的每一笔' })
