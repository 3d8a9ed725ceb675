export default definePageConfig({ navigationBarTitleText: '联络阶梯' })
