import "../shared/page.css";
import "./shop.css";
import { render } from "preact";
import { Shop } from "./Shop";

render(<Shop />, document.getElementById("page")!);
