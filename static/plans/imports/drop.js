// Files that are dropped on the page are sent like chosen ones.

import { takeDroppedFiles } from "../../base/dropped-files.js";

const form = document.querySelector("[data-drop]");

takeDroppedFiles(form, form.querySelector("[type=file]"), () => form.requestSubmit());
