"""Mistakes that no library reports, each as a change of generated code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_JS_OBJECT = r"integrations: (\{.*?\n {6}\}),\n"
_NODE_OBJECT = r"integrations: (\{.*?\n {4}\}),\n"
_JS_CALL = rf'"Video Played",\n    \{{\}},\n    \{{\n      {_JS_OBJECT}    \}},\n'
_AT_LOAD = r"\{ storage:"


@dataclass(frozen=True)
class Trap:
    """``pattern`` becomes ``replacement`` in the code of ``library``; ``event``'s call then breaks a promise, and the
    comparison says ``noticed``.
    """

    name: str
    library: str
    event: str
    pattern: str
    replacement: str
    noticed: str

    def sprung(self, code: str) -> str:
        """The code with the mistake in it. Raises `AssertionError` if the code has no such place."""
        changed, times = re.subn(self.pattern, self.replacement, code, flags=re.DOTALL)
        assert times, f"nothing to change for {self.name}"
        return changed


BROWSER = (
    Trap("all_false_at_load_without_segment", "analytics.js", "Signed Up", _AT_LOAD,
         "{ integrations: { All: false, Drift: true }, storage:", "nothing arrived"),
    Trap("a_destination_left_out_at_load", "analytics.js", "Video Played", _AT_LOAD,
         '{ integrations: { All: false, "Segment.io": true }, storage:', "device mode: []"),
    Trap("an_object_at_load_merged_into_the_call", "analytics.js", "Video Played", _AT_LOAD,
         "{ integrations: { Intercom: false }, storage:", "integrations: "),
    Trap("segment_switched_off_in_the_call", "analytics.js", "Video Played", r"integrations: \{",
         'integrations: { "Segment.io": false,', "nothing arrived"),
    Trap("a_call_without_properties", "analytics.js", "Video Played", r'"Video Played",\n    \{\},\n',
         '"Video Played",\n', "properties: ['integrations']"),
    Trap("a_page_without_properties", "analytics.js", "Home", r'"Home",\n    \{.*?\n    \},\n', '"Home",\n',
         "integrations: {}"),
    Trap("options_without_integrations_around", "analytics.js", "Video Played", _JS_CALL,
         r'"Video Played",\n    {},\n    \1,\n', "context: ['Actions Amplitude'"),
    Trap("options_as_fourth_argument", "analytics.js", "Video Played", r'("Video Played",\n    \{\},\n)',
         r"\1    {},\n",
         "integrations: {}"),
    Trap("the_way_of_node_in_the_browser", "analytics.js", "Video Played", _JS_CALL,
         r'{ event: "Video Played", properties: {}, integrations: \1 },\n', "integrations: {}"),
    Trap("integrations_in_the_context_of_the_browser", "analytics.js", "Video Played", _JS_OBJECT,
         r"context: { integrations: \1 },\n", "context: ['integrations']"),
    Trap("a_text_for_false_in_the_browser", "analytics.js", "Video Played", r'": false', r'": "false"',
         "device mode: "),
    Trap("a_small_all_in_the_browser", "analytics.js", "Nobody Wants It", '"All": false', '"all": false',
         "device mode: ['Drift'"),
    Trap("a_key_in_another_case", "analytics.js", "Not For Facebook", '"Facebook Pixel"', '"facebook pixel"',
         "device mode: "),
    Trap("a_pixel_without_its_id", "analytics.js", "Order Completed", r"messageId: sharedId,\n", "",
         "messageId: not the id"),
    Trap("a_withheld_property", "analytics.js", "Order Completed", r'"currency": "EUR",\n', r'\g<0>"total": 1.5,\n',
         "properties: "),
    Trap("a_withheld_property_inside", "analytics.js", "Order Completed", r'"sku": "text",\n',
         r'\g<0>"margin": "text",\n',
         "inside 'products'"),
)  # fmt: skip

NODE = (
    Trap("options_in_the_message_of_node", "analytics-node", "Video Played", _NODE_OBJECT,
         r"options: { integrations: \1 },\n",
         "integrations: {}"),
    Trap("a_second_argument_in_node", "analytics-node", "Video Played", rf"    {_NODE_OBJECT}  \}}\);",
         r"  }, { integrations: \1 });", "integrations: {}"),
    Trap("integrations_in_the_context_of_node", "analytics-node", "Video Played", _NODE_OBJECT,
         r"context: { integrations: \1 },\n", "context: ['integrations']"),
    Trap("integrations_in_the_properties_of_node", "analytics-node", "Video Played", _NODE_OBJECT,
         r"properties: { integrations: \1 },\n", "properties: ['integrations']"),
    Trap("a_list_in_node", "analytics-node", "Video Played", _NODE_OBJECT, 'integrations: ["Drift"],\n',
         "integrations: {'0'"),
    Trap("a_small_all_in_node", "analytics-node", "Video Played", '"All": false', '"all": false',
         "integrations: {'all'"),
    Trap("a_context_that_node_writes_into", "analytics-node", "Order Completed", r"\{ \.\.\.handoff\.context \}",
         "handoff.context",
         "the hand-off was changed"),
    Trap("a_message_id_shared_by_node", "analytics-node", "Order Completed", r"context: \{",
         r'messageId: handoff.ids["event_id"],\n\g<0>', "messageId: shared"),
)  # fmt: skip

PYTHON = (
    Trap("integrations_in_the_context_of_python", "analytics-python", "Video Played",
         r'(event="Video Played",\n +)integrations=', r"\1context=", "context: ['All'"),
    Trap("arguments_by_place_in_python", "analytics-python", "Video Played",
         r'user_id="user-id",\n +event="Video Played",\n +integrations=', '"user-id", "Video Played", {}, ',
         "integrations: {}"),
    Trap("a_text_for_false_in_python", "analytics-python", "Video Played", r'"All": False', '"All": "False"',
         "integrations: {'All': 'False'"),
    Trap("a_small_all_in_python", "analytics-python", "Video Played", r'"All": False', '"all": False',
         "integrations: {'all'"),
    Trap("a_context_that_python_writes_into", "analytics-python", "Order Completed", r"dict\(handoff\.context\)",
         "handoff.context",
         "the hand-off was changed"),
    Trap("a_message_id_shared_by_python", "analytics-python", "Order Completed", r"context=dict",
         r'message_id=handoff.ids["event_id"],\n        \g<0>', "messageId: shared"),
)  # fmt: skip

REACT_NATIVE = (
    Trap("all_false_without_explicit_falses", "react-native", "Nobody Wants It", r'"(AppsFlyer|Adjust)": false,\n', "",
         "device mode: ['Adjust', 'AppsFlyer'] for []"),
    Trap("an_object_for_the_closure", "react-native", "Video Played",
         r"\(event\) => \{\n +event\.integrations = (\{.*?\n {6}\});\n +return event;\n +\}", r"{ integrations: \1 }",
         "integrations: {}"),
)  # fmt: skip
