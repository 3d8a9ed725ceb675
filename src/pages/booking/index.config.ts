export default definePageConfig({ navigationBarTitleText: '这次预约' })
