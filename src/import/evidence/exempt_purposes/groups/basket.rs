//! A basket, a reservation, an order and its payment, which the visitor asked for.
//!
//! What is in the basket belongs to it; what was looked at, left behind or is recommended does not.

use super::Group;

pub(super) const BASKET: Group = Group {
    topics: "aankoop$ achat$ acquisto$ adyen$ afrekenen$ afrekenproces$ afrekent$ appointment$ appuntamento$ \
        ausleihe$ bancontact$ basket$ baskets$ bestellabschluss$ bestelling$ bestellprozess$ bestellprozesses$ \
        bestellung$ bestellvorgang$ bestellvorgangs$ bestelproces$ bestelwagen$ betaald$ betaalmethode$ \
        betaalproces$ betalen$ betaling$ betalingen$ bezahlen$ bezahlung$ bezahlvorgang$ bezahlvorgangs$ \
        billetterie$ boeking$ boekingen$ boodschappenmand$ booking$ buchung$ buchungen$ buchungsprozess$ \
        buchungsvorgang$ caja$ carrello$ carrito$ cart$ carts$ cesta$ checkout$ checkouts$ cita$ cobro$ commande$ \
        einkaufskorb$ einkaufsliste$ einkaufstasche$ einkaufswagen$ entleihung$ giropay$ kaartverkoop$ kaddie$ \
        kartenkauf$ kassa$ kasse$ kaufabschluss$ kaufvorgang$ klarna$ mandje$ mandjes$ merkliste$ merkzettel$ \
        mollie$ monetico$ nexi$ ogone$ onlineterminvereinbarung$ ordering$ ordine$ pagamenti$ pagamento$ pagar$ \
        pago$ pagos$ paiement$ paiements$ panier$ paniers$ payment$ payments$ paypal$ payplug$ payzen$ pedido$ \
        prenotazione$ prenotazioni$ prereserva$ purchase$ redsys$ rendezvous$ reserva$ reservas$ reservation$ \
        reservations$ reserver$ reservering$ reserveringen$ reservierung$ reservierungen$ shopping$ stripe$ \
        terminanfrage$ terminbuchung$ terminreservierung$ terminvereinbarung$ ticketing$ ticketkauf$ ticketverkauf$ \
        tpv$ transaccion$ transactie$ transaction$ transaktion$ transazione$ vorbestellung$ vorgemerkte$ \
        vorgemerkten$ warenkorb$ warenkorbs$ winkelmand$ winkelmandinhoud$ winkelmandje$ winkelmandjes$ \
        winkelwagen$ winkelwagentje$ zahlung$ zahlungen$ zahlungsabwicklung$ zahlungsart$ zahlungsdienst \
        zahlungsvorgang$",
    words: "abzuwickeln$ achat$ achats$ acquista$ acquisti$ acquisto$ address$ adres$ adresse$ aggiunti$ aggiunto$ \
        ajoutes$ amount$ anadido$ anadidos$ article$ articles$ articoli$ articolo$ articulo$ articulos$ artikel$ \
        artikelen$ artikeln$ artikelnummer$ asiento$ asientos$ bancaire$ bancaria$ bancario$ bank$ banking$ \
        banque$ bedrag$ bestelde$ bestellingen$ bestellungen$ betrag$ bezorg biglietti$ biglietto$ billet$ \
        billets$ billett$ bookings$ btw$ bucher$ buchung$ buchungen$ buono$ butaca$ butacas$ buy$ buying$ buys$ \
        caisse$ cantidad$ cap$ carta$ chosen$ commandes$ compra$ compras$ corsi$ corso$ coupon$ coupons$ course$ \
        courses$ creditcard$ credito$ cupon$ currency$ curso$ cursos$ data$ database$ databases$ daten$ dati$ \
        datos$ datum$ dernier$ descuento$ devise$ direccion$ discount$ divisa$ document$ documenti$ documentos$ \
        documents$ donnees$ eingabe$ einkaufen$ eintrittskarte$ eintrittskarten$ ejemplares$ entrada$ entradas$ \
        evenement$ event$ eventi$ evento$ eventos$ events$ exemplare$ fahrkarten$ fauteuils$ fecha$ gefullt$ \
        gegevens$ gekauft$ gekaufte$ gekozen$ gelegt$ gelegte$ gelegten$ gesamt$ gevuld$ goods$ gutschein$ \
        gutscheincode$ gutscheine$ hinzugefugt$ hinzugefugte$ hoeveelheid$ importe$ importo$ information$ \
        ingressi$ ingresso$ inhalt$ inhalte$ inhalts$ inhoud$ item$ items$ iva$ kaarten$ kaartje$ kaartjes$ karte$ \
        karten$ kaufen$ korting$ kreditkarte$ kreditkarten$ kurs$ kurse$ laid$ last$ leer$ letzten$ levering$ \
        libri$ libro$ libros$ lieferadresse$ lieferung$ liegen$ livraison$ livre$ livres$ lleno$ localidad$ \
        localidades$ mandje$ mandjes$ meerdere$ mehrere$ mehreren$ mehrwertsteuer$ menge$ merk$ messi$ method$ \
        methode$ metodo$ mettez$ moneda$ montant$ notice$ oeuvres$ open$ ordered$ ordini$ ouvrages$ paid$ pay$ \
        paying$ pedidos$ pending$ pianta$ pieno$ plaatsen$ placing$ plan$ plattegrond$ platz$ platze$ plusieurs$ \
        plz$ poltrona$ poltrone$ postal$ postcode$ posti$ prestataire$ prodotti$ prodotto$ product$ producten$ \
        producto$ productos$ products$ produit$ produits$ produktauswahl$ produkte$ produkten$ promo$ purchase$ \
        purchases$ quantita$ quantite$ quantity$ rabatt$ rabattcode$ record$ recorded$ records$ registra$ \
        registrano$ registrar$ registrare$ registriert$ remise$ reservated$ reservation$ reservations$ \
        reservieren$ reservierte$ reservierungen$ saalplan$ sconto$ seance$ seances$ seating$ seats$ securis \
        selected$ several$ shipping$ shoppen$ shopping$ siege$ sieges$ sitze$ sitzplan$ sitzplatze$ slot$ slots$ \
        spedizione$ stoel$ stoelen$ stuhle$ summe$ tells$ temps$ termino$ toegangskaarten$ toegevoegd$ \
        toegevoegde$ totaal$ total$ totale$ traccia$ trace$ transacciones$ transacties$ transactions$ \
        transaktionen$ transazioni$ tva$ valuta$ varios$ vat$ veranstaltung$ versand$ versandart$ voucher$ \
        vouchers$ wahrung$ warenkorbinhalt$ werke$ winkelt$ zaalplan$ zahlungsanbieter$ zitplaatsen$",
    phrases: "aankoop af te ronden|aantal artikelen|abholung der bestellung|abschluss des kaufs|\
        achat de titres|afhalen van de bestelling|anzahl der artikel|appointment request|auf den merkzettel gelegt|\
        bestellnummer|bestelnummer|betalen met ideal|card payment|carrito de la compra|cart contents|\
        cesta de compra|cesta de la compra|cita previa|completar la compra|completare l acquisto|\
        completing your purchase|compra de entradas|concluder l acquisto|concludere l acquisto|\
        contents of your basket|contents of your cart|creneaux de livraison|dans le panier|delivery slots|\
        durante el pedido|durante l ordine|en el carrito|finaliser votre achat|finalizar la compra|\
        fino al termine dell acquisto|im warenkorb|in den warenkorb gelegt|items in your basket|kauf abschliessen|\
        keeps track of the seats|liste d achats|met ideal|metodo de pago|metodo di pagamento|mode de paiement|\
        moyen de paiement|nel carrello|nombre d articles|number of items|number of the ticket|numero d ordine|\
        numero de articulos|numero de billet|numero de commande|numero de pedido|numero di articoli|\
        online appointment|online order|order number|order process|panier d achat|payment method|payment process|\
        payment provider|pendant la commande|pick up of the order|prise de rendez vous|proceso de compra|\
        realizar la compra|recogida del pedido|rendez vous|retrait de la commande|ritiro dell ordine|\
        seguir comprando|shopping bag|shopping list|termine dell acquisto|termine online|termino dell acquisto|\
        terminvereinbarung|ticket number|tijdens het bestellen|tramitar la compra|via ideal|wahrend der bestellung|\
        weiter einkaufen|zahlungsart|zum einkauf|zum warenkorb hinzugefugt",
};
