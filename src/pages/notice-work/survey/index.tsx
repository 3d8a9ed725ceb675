/** A survey as its staff sees it. */
import { useRouter } from '@tarojs/taro'
import { SurveyWorkScreen } from '@/features/notice-work/survey-work-screen'
import { FindPeople } from '@/features/people/find-people'

export default function NoticeWorkSurveyPage() {
  const { params } = useRouter()
  return <SurveyWorkScreen noticeId={params['noticeId'] ?? ''} find={(onChoose) => <FindPeople label="替谁填" onChoose={onChoose} />} />
}
