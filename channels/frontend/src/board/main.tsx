import "../shared/page.css";
import "./board.css";
import { render } from "preact";
import { language } from "../shared/page";
import { BoardApi } from "./api";
import { TheBoard } from "./around";
import { Board } from "./board";
import { BoardPage } from "./BoardPage";

const board = new Board(new BoardApi(() => language.value));
void board.enter();

render(
  <TheBoard.Provider value={board}>
    <BoardPage />
  </TheBoard.Provider>,
  document.getElementById("page")!,
);
