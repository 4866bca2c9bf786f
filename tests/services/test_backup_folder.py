"""Where automatic backups go is chosen on each computer, not in the register."""

from __future__ import annotations

from contextlib import closing

from builders import office, register_at

from wxadmin.bootstrap import open_workplace
from wxadmin.services.backups import Backups


def test_backups_go_to_the_chosen_folder_from_the_next_start_on(tmp_path):
    with closing(office(tmp_path)) as workplace:
        Backups(workplace).keep_in(tmp_path / "U盘")
        assert Backups(workplace).make().path.parent == tmp_path / "U盘"
    with closing(open_workplace(register_at(tmp_path), writing=True)) as workplace:
        assert Backups(workplace).make().path.parent == tmp_path / "U盘"
        assert {line.path.parent for line in Backups(workplace).lines()} == {tmp_path / "U盘"}


def test_a_spoilt_machine_file_falls_back_to_the_usual_folder(tmp_path):
    with closing(office(tmp_path)):
        pass
    (tmp_path / "登记库.machine.json").write_text("{", encoding="utf-8")
    with closing(open_workplace(register_at(tmp_path), writing=True)) as workplace:
        assert workplace.backups == tmp_path / "登记库-备份"
