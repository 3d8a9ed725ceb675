export default definePageConfig({ navigationBarTitleText: '此刻都成立吗' })
