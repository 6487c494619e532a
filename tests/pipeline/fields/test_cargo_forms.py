"""Cargo papers as forms: boxes with their labels above, numbered boxes, and what is said without any label."""

from tests.pipeline.fields.papers import Text, view

from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.kinds.table import FINDERS
from octavo.pipeline.fields.readers.locale import guess_locale


def _found(kind: str, *texts: Text) -> dict[str, object]:
    paper = view(*texts)
    findings = FINDERS[kind](paper, guess_locale(paper), FieldOrder())
    return {field.path: field.value for field in findings.fields}


def test_a_party_is_below_its_label_and_not_the_label_of_the_box_beside() -> None:
    found = _found(
        "bill_of_lading",
        (40, 60, "Consignee"), (320, 60, "Forwarding agent"),
        (40, 74, "Kauri Fine Foods Limited"), (320, 74, "Adriatica Spedizioni"),
        (40, 88, "17 Beaumont Street"),
    )  # fmt: skip

    assert found["consignee.name"] == "Kauri Fine Foods Limited"


def test_a_party_behind_a_colon_needs_no_line_below() -> None:
    found = _found("delivery_order", (40, 60, "SHIPPER : RHEINDRUCK GMBH"))

    assert found["shipper.name"] == "RHEINDRUCK GMBH"


def test_the_next_numbered_box_is_no_value() -> None:
    found = _found(
        "customs_declaration",
        (40, 60, "10. Country of Origin"), (220, 60, "11. Import Date"),
        (40, 74, "VN"), (220, 74, "05/27/2025"),
    )  # fmt: skip

    assert found["country_of_origin"] == "VN"


def test_vessel_and_voyage_in_two_boxes_are_two_labels() -> None:
    found = _found(
        "sea_waybill",
        (40, 60, "Vessel"), (320, 60, "Voyage No."),
        (40, 74, "MERIDIAN TRAMONTANA"), (320, 74, "0417E"),
    )  # fmt: skip

    assert (found["vessel"], found["voyage_number"]) == ("MERIDIAN TRAMONTANA", "0417E")


def test_one_label_for_place_and_day_of_issue_gives_both() -> None:
    found = _found("sea_waybill", (40, 60, "Place and date of issue: Bari, 17 April 2025"))

    assert (found["place_of_issue"], found["issue_date"]) == ("Bari", "2025-04-17")


def test_a_seal_below_its_container_belongs_to_it() -> None:
    found = _found("sea_waybill", (40, 60, "TGHU4381200"), (40, 74, "Seal IT440917"))

    assert found["containers.0.seal_number"] == "IT440917"


def test_packages_are_counted_where_no_label_counts_them() -> None:
    found = _found(
        "bill_of_lading",
        (40, 60, "960 cartons"), (40, 74, "840 cartons"), (40, 88, "1800 cartons"), (40, 102, "4 830 kg brut"),
    )  # fmt: skip

    assert (found["package_count"], found["gross_weight"]) == (1800, 4830.0)


def test_counts_that_do_not_add_up_are_nobodys() -> None:
    found = _found("bill_of_lading", (40, 60, "960 cartons"), (40, 74, "840 cartons"))

    assert "package_count" not in found


def test_a_letterhead_sends_a_packing_list_and_the_line_to_receives_it() -> None:
    found = _found(
        "packing_list",
        (140, 30, "BRIGHTWARE HOUSEHOLD CO., LTD."), (200, 70, "PACKING LIST"),
        (40, 120, "TO: CASA LINDA S.A."), (40, 150, "FROM XIAMEN TO MANZANILLO BY SEA"),
    )  # fmt: skip

    assert (found["shipper.name"], found["consignee.name"]) == (
        "BRIGHTWARE HOUSEHOLD CO., LTD.",
        "CASA LINDA S.A.",
    )
    assert (found["port_of_loading"], found["port_of_discharge"]) == ("XIAMEN", "MANZANILLO")


def test_heads_name_the_unit_of_their_numbers() -> None:
    found = _found(
        "packing_list",
        (40, 60, "ITEM NO."), (140, 60, "DESCRIPTION"), (300, 60, "N.W. (KGS)"), (400, 60, "G.W. (KGS)"),
        (40, 76, "BW-201"), (140, 76, "STONEWARE MUG"), (300, 76, "1,440.0"), (400, 76, "1,600.0"),
    )  # fmt: skip

    assert found["packages.0.sku"] == "BW-201"
    assert (found["packages.0.net_weight"], found["packages.0.gross_weight"]) == (1440.0, 1600.0)


def test_a_number_below_the_title_needs_no_longer_label() -> None:
    found = _found("delivery_order", (400, 40, "ALBARÁN"), (390, 54, "Nº A25-04417"))

    assert found["delivery_order_number"] == "A25-04417"


def test_a_seal_may_stand_behind_a_slash() -> None:
    found = _found("bill_of_lading", (40, 60, "TGHU4381200 / HP889102"))

    assert found["containers.0.seal_number"] == "HP889102"


def test_parties_of_a_form_may_be_written_with_their_parts() -> None:
    found = _found(
        "bill_of_lading",
        (40, 60, "SHIP TO"), (40, 74, "Name: Dakota Farm Supply"), (40, 88, "City/State/Zip: Fargo, ND 58102"),
    )  # fmt: skip

    assert (found["consignee.name"], found["consignee.city"]) == ("Dakota Farm Supply", "Fargo")


def test_heads_that_were_read_as_one_run_are_parted() -> None:
    found = _found(
        "packing_list",
        (40, 60, "SKU"), (140, 60, "DESCRIPTION"), (300, 60, "NET G.W. (KGS)"),
        (40, 76, "BW-201"), (140, 76, "STONEWARE MUG"), (300, 76, "1.40"), (322, 76, "1.60"),
    )  # fmt: skip

    assert found["packages.0.description"] == "STONEWARE MUG"


def test_a_delivery_note_in_a_letter_goes_to_the_address_in_its_window() -> None:
    found = _found(
        "delivery_order",
        (40, 40, "Krumbach GmbH · Am Schleifrad 6 · 42855 Remscheid"),
        (40, 90, "Zahnradfabrik Lahntal KG"), (40, 104, "Bahnhofstr. 71"), (40, 118, "35576 Wetzlar"),
        (40, 160, "Lieferschein"),
    )  # fmt: skip

    assert found["consignee.name"] == "Zahnradfabrik Lahntal KG"
