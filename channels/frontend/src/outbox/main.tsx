import "../shared/page.css";
import "./outbox.css";
import { render } from "preact";
import { Outbox } from "./Outbox";

render(<Outbox />, document.getElementById("page")!);
