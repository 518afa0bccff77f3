// Shows what the portal sends to this device and leads there. It answers no request: pages never come from here.

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch { /* What is not ours says nothing. */ }
  if (typeof told.title !== "string" || typeof told.url !== "string") return;
  event.waitUntil(
    self.registration.showNotification(told.title, { data: told.url, tag: told.url, lang: "vi" }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data, self.location.origin);
  if (to.origin === self.location.origin) event.waitUntil(self.clients.openWindow(to.href));
});
