resource "segment_tracking_plan" "a" {
  name  = "A"
  type  = "LIVE"
  rules = [{ key = "One", type = "TRACK", version = 1, json_schema = jsonencode({ properties = { properties = { type = "object", properties = { x = { type = "string" } } } } }) }]
}
