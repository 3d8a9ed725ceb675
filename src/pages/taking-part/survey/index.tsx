/** A survey, or the opinion of a household, for one person. */
import { useRouter } from '@tarojs/taro'
import { SurveyScreen } from '@/features/taking-part/survey-screen'

export default function TakingPartSurveyPage() {
  const { params } = useRouter()
  return <SurveyScreen noticeId={params['noticeId'] ?? ''} elderId={params['elderId'] ?? ''} />
}
