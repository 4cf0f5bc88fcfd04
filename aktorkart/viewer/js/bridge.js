// In a notebook's cell: what is chosen and changed in the page is told to the notebook around it,
// through the port that it hands over, and to nobody else.

const CHANNELS = ["map", "selection"];

function join(event) {
  if (event.source !== parent || event.ports.length !== 1) return;
  removeEventListener("message", join);
  const [port] = event.ports;
  for (const what of CHANNELS)
    document.addEventListener(what, ({detail}) => port.postMessage({[what]: detail}));
}

addEventListener("message", join);
