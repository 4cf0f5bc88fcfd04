// The page in a cell of a notebook: a frame of its own, which nothing of the notebook can be
// reached from, and a port between the two.

function render({model, el}) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-forms allow-modals");
  frame.title = model.get("title");
  Object.assign(frame.style, {width: "100%", height: `${model.get("height")}px`, border: 0});
  frame.addEventListener("load", () => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => {
      for (const [name, value] of Object.entries(data)) model.set(name, value);
      model.save_changes();
    };
    // The frame has no origin that could be named.
    frame.contentWindow.postMessage(null, "*", [port2]);
  });
  frame.srcdoc = model.get("html");
  el.append(frame);
  return () => frame.remove();
}

export default {render};
