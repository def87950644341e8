# What Git Sync writes, and what people write
terraform {
  required_providers {
    segment = {
      source = "segmentio/segment"
    }
  }
}

import {
  to = segment_tracking_plan.id-tp_fair // a reference
  id = "tp_fair"
}

resource "segment_tracking_plan" "id-tp_fair" {
  name        = "Fair \"EU\""
  description = "line one\nline two"
  type        = "LIVE"
  rules = [
    {
      key     = "Ticket Bought"
      type    = "TRACK"
      version = 1
      json_schema = jsonencode({
        "$schema"   = "http://json-schema.org/draft-07/schema#"
        description = "Costs $${price}, 100 %%{sure}"
        labels = {
          source = ["backend"]
          team   = var.team
        }
        properties = {
          context = {}
          traits  = {}
          properties = {
            type     = "object"
            required = ["price", "not_here"]
            properties = {
              price = { type = ["number"], minimum = 0.5 }
              "has space" = { type = ["string", "null"], pattern = "^(a|b\\d{1})$" }
              seats = {
                type  = "array"
                items = { type = "object", properties = { row = { type = "string" } } }
              }
              template = { type = "string", description = "for ${local.who}" }
            }
          }
        }
        type     = "object"
        required = ["properties"]
      })
    },
    {
      key         = "Quoted"
      type        = "TRACK"
      version     = 2
      json_schema = "{\"type\":\"object\",\"properties\":{\"properties\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"boolean\"]}}}}}"
    },
    {
      key         = "Heredoc"
      type        = "PAGE"
      version     = 1
      json_schema = <<-EOT
        {"type": "object", "properties": {"properties": {"type": "object", "properties": {"b": {"type": ["integer"]}}}}}
      EOT
    },
    { type = "COMMON", version = 1, json_schema = jsonencode({ "properties" : { "properties" : { "type" : "object", "properties" : { "build" : { "type" : "string" } } } } }) },
    {
      key     = null
      type    = "IDENTIFY"
      version = 1
      json_schema = jsonencode({
        "properties" : { "context" : {}, "properties" : {}, "traits" : { "type" : "object", "properties" : { "mail" : { "type" : "string" } } } }
      })
    },
    { type = "GROUP", version = 1, json_schema = jsonencode({}) },
    { key = "From a file", type = "TRACK", version = 1, json_schema = file("${path.module}/x.json") },
    { key = "Long text", type = "TRACK", version = 1, json_schema = jsonencode({
      description = <<EOT
for ${var.who}
EOT
    }) },
    { key = "Odd", type = "RULE", version = 1, json_schema = jsonencode({}) },
    { key = "Broken", type = "TRACK", version = 1, json_schema = "{" },
    local.one_more,
  ]
  lifecycle {
    prevent_destroy = true
  }
}
