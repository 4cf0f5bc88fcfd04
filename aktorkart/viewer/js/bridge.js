// In a notebook's cell: what is chosen and changed in the page is told to the notebook around it,
// through the port that it hands over, and to nobody else.

function join(event) {
  if (event.source !== parent || event.ports.length !== 1) return;
  removeEventListener("message", join);
  const [port] = event.ports;
  document.addEventListener("map", ({text}) => port.postMessage({sent: text}));
  document.addEventListener("selection", ({detail}) => port.postMessage({selection: detail}));
}

addEventListener("message", join);
