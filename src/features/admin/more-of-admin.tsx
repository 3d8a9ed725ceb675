/** The parts of the subdistrict's page, one tap from each other; the capacity page is the tab. */
import Taro from '@tarojs/taro'
import { Card } from '@/components/card'
import { Row, Rows } from '@/components/row'

const open = (url: string) => { void Taro.navigateTo({ url }) }

export function MoreOfAdmin() {
  return (
    <Card label="还有">
      <Rows>
        <Row icon="calendar-days" title="休息日" detail="哪天不能约" onPress={() => open('/pages/admin/closed-days/index')} />
        <Row icon="file-text" title="查阅记录" detail="谁看过、谁改过" onPress={() => open('/pages/admin/audit/index')} />
        <Row icon="shield-check" title="此刻都成立吗" detail="每一条规矩，全部数据查一遍" onPress={() => open('/pages/admin/laws/index')} />
      </Rows>
    </Card>
  )
}
