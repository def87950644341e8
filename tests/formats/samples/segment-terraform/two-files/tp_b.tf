resource segment_tracking_plan b {
  name  = var.name
  type  = "LIVE"
  rules = concat(local.first, local.second)
}

resource "segment_tracking_plan" "c" {
  name = "C"
  type = "LIVE"
  rules = [
    { key = "Two", type = "TRACK", version = 4, json_schema = jsonencode({ properties = { properties = { type = "object", properties = { x = { type = "string" } } } } }) },
  ]
}
