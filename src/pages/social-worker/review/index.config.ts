export default definePageConfig({ navigationBarTitleText: '这次服务' })
