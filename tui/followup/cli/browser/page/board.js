// Runs before textual.js makes the terminal, which it does once the page is loaded.

const page = document.body;

// The cookie has the token now: it need not stay in the address bar.
history.replaceState(null, "", "/");

document.getElementById("board").dataset.sessionWebsocketUrl = `ws://${location.host}/ws`;

// Keys go to the board without a click first; once it has ended, enter opens it again.
new MutationObserver(() => {
  if (page.matches(".-closed")) {
    document.querySelector(".closed a").focus();
  } else if (page.matches(".-first-byte")) {
    document.querySelector(".xterm-helper-textarea").focus();
  }
}).observe(page, { attributeFilter: ["class"] });
