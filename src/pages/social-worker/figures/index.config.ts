export default definePageConfig({ navigationBarTitleText: '门等了多久' })
