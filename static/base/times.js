// Moments in the reader's own time zone, always with their date. Without this script they read as UTC.

const near = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const far = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

localise(document);
document.addEventListener("advisor:shown", ({ detail }) => localise(detail));

function localise(root) {
  for (const element of root.querySelectorAll("time[datetime]:not([title])")) {
    const moment = new Date(element.dateTime);
    element.title = element.textContent;
    element.textContent = formatFor(moment).format(moment);
  }
}

function formatFor(moment) {
  return moment.getFullYear() === new Date().getFullYear() ? near : far;
}
