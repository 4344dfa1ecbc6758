import "../shared/page.css";
import "./phone.css";
import { render } from "preact";
import { Call } from "./call";
import { Phone } from "./Phone";
import { BrowserVoice, Microphone } from "./speech";

const voice = new BrowserVoice();
const call = new Call(voice);
const microphone = new Microphone(
  (words) => call.isOn.value && call.say(words),
  () => call.breakIn(),
);

render(
  <Phone call={call} voice={voice} microphone={microphone} />,
  document.getElementById("page")!,
);
