export default definePageConfig({ navigationBarTitleText: '志愿与积分' })
