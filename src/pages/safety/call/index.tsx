/** 一键呼叫: for whoever uses the phone, or for an elder whose alerts they get. */
import { useRouter } from '@tarojs/taro'
import { CallScreen } from '@/features/safety/call-screen'

export default function CallPage() {
  const { params } = useRouter()
  return <CallScreen elderId={params['elderId'] ?? ''} name={decodeURIComponent(params['name'] ?? '')} />
}
