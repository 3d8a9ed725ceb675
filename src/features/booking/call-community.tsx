/** Where the phone cannot help further: why, and the community's telephone. */
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { dial } from '@/services/device'
import { dutyPhone } from '@/services/for-whom'

export function CallCommunity({ words }: { words: string }) {
  const phone = dutyPhone()
  return (
    <Box className="stack-tight">
      <Box className="small">{words}</Box>
      {phone ? <Button kind="outline" icon="phone-call" label={`打电话给社区，${phone}`} onPress={() => dial(phone)}>打电话给社区</Button> : null}
    </Box>
  )
}
